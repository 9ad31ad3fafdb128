// SPDX-License-Identifier: Apache-2.0

const north = 34.5;
const south = 34.3;
const east_m = 111_320 * Math.cos((34.4 * Math.PI) / 180);
const north_m = 111_320;

/** The made-up border runs from north to south; home lies to its east, on the left. */
export function borderAt(lat) {
  return 41.2 + 0.012 * Math.sin((lat - 34.3) * 31) + 0.004 * Math.sin((lat - 34.3) * 97);
}

export const offset_m = ([lng, lat]) => (lng - borderAt(lat)) * east_m;

export function move([lng, lat], e_m, n_m) {
  return [lng + e_m / east_m, lat + n_m / north_m];
}

const line = [];
const along_km = [];
for (let i = 0; i <= 400; i += 1) {
  const lat = north - ((north - south) * i) / 400;
  const at = [borderAt(lat), lat];
  const last = line[i - 1];
  const step = last
    ? Math.hypot((at[0] - last[0]) * east_m, (at[1] - last[1]) * north_m) / 1000
    : 0;
  along_km.push((along_km[i - 1] ?? 0) + step);
  line.push(at);
}

export function kilometre([, lat]) {
  const share = Math.min(Math.max((north - lat) / (north - south), 0), 1);
  return along_km[Math.round(share * 400)];
}

const posts = [];
along_km.forEach((km, i) => {
  if (km >= posts.length) posts.push({ km: posts.length, at: line[i] });
});

/** Two rings: the ground a fan of rays reaches, and a patch of dead ground in it. */
function footprint(at, azimuth_deg, fov_deg, reach_m) {
  const fan = [at];
  for (let i = 0; i <= 24; i += 1) {
    const bearing = ((azimuth_deg + (i / 24 - 0.5) * fov_deg) * Math.PI) / 180;
    const reach = reach_m * (0.9 + 0.1 * Math.sin(i * 0.6));
    fan.push(move(at, Math.sin(bearing) * reach, Math.cos(bearing) * reach));
  }
  const bearing = (azimuth_deg * Math.PI) / 180;
  const middle = move(at, Math.sin(bearing) * reach_m * 0.55, Math.cos(bearing) * reach_m * 0.55);
  const hole = [];
  for (let i = 0; i <= 12; i += 1) {
    const angle = (i / 12) * 2 * Math.PI;
    hole.push(move(middle, Math.cos(angle) * 260, Math.sin(angle) * 170));
  }
  return [[...fan, at], hole];
}

function camera(id, name, lat, back_m, azimuth_deg, fov_deg, mount = "tower") {
  const at = move([borderAt(lat), lat], back_m, 0);
  return {
    id,
    name,
    mount,
    at,
    height_above_ground_m: mount === "balloon" ? 300 : 30,
    azimuth_deg,
    elevation_deg: -1.5,
    horizontal_fov_deg: fov_deg,
    width_px: 640,
    height_px: 512,
    footprint: footprint(at, azimuth_deg, fov_deg, mount === "balloon" ? 5200 : 3800),
  };
}

export const cameras = [
  camera("T1", "Tower north", 34.46, 1300, 262, 26),
  camera("T2", "Tower wadi", 34.41, 1100, 285, 24),
  camera("T3", "Tower south", 34.345, 1500, 248, 26),
  camera("B1", "Balloon", 34.385, 2600, 270, 40, "balloon"),
];

const stretch = (from, to, off_m) =>
  line.filter(([, lat]) => lat < from && lat > to).map((at) => move(at, off_m, 0));

export const site = {
  name: "Mock sector",
  simulated: true,
  bounds: { west: 41.12, south: south + 0.02, east: 41.28, north: north - 0.02 },
  border: { length_km: along_km[400], line, home_is_left: true, posts },
  cameras,
  barriers: [
    { name: "Berm", kind: "berm", line: stretch(34.47, 34.42, 60) },
    { name: "Trench", kind: "trench", line: stretch(34.39, 34.33, 110) },
    { name: "Gate 2", kind: "gate", line: [move([borderAt(34.405), 34.405], 60, 0)] },
  ],
  zones: [
    {
      name: "Tell Amir (village)",
      kind: "village",
      ring: [
        [41.245, 34.43],
        [41.259, 34.432],
        [41.258, 34.422],
        [41.247, 34.42],
        [41.245, 34.43],
      ],
    },
    {
      name: "Old minefield",
      kind: "minefield",
      ring: [
        [41.172, 34.375],
        [41.185, 34.377],
        [41.183, 34.362],
        [41.171, 34.364],
        [41.172, 34.375],
      ],
    },
  ],
};
