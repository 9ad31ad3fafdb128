// SPDX-License-Identifier: Apache-2.0
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` shows the page of the program (or of dev/mock_server.mjs) that runs at MARSAD_URL.
const marsad = process.env["MARSAD_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: {
      "/api/live": { target: marsad, ws: true },
      "/api": marsad,
      "/tiles": marsad,
    },
  },
  build: {
    target: "es2022",
    // The map library alone is a megabyte; it is fetched once, from the same machine.
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      output: {
        manualChunks: (id: string) => (id.includes("maplibre-gl") ? "maplibre" : undefined),
      },
    },
  },
  worker: { format: "es" },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
