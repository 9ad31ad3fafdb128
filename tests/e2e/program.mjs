// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";

/**
 * Starts `marsad run SITE` on a free port and waits until it says where it is. MARSAD_WEB names
 * another built page than the program's own.
 */
export async function startProgram(bin, site, timeout_ms = 60_000) {
  const { MARSAD_WEB: web } = process.env;
  const options = ["run", site, "--port", "0", ...(web ? ["--web", web] : [])];
  const child = spawn(bin, options, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const exited = new Promise((resolve) => {
    child.on("exit", (code, signal) => resolve({ code, signal }));
    child.on("error", (error) => resolve({ code: null, signal: String(error) }));
  });
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`${bin} did not say where it is; it said:\n${said}`)),
      timeout_ms,
    );
    const hear = (bytes) => {
      said += bytes;
      const found = /Marsad is at (http:\/\/\S+)/.exec(said);
      if (!found) return;
      clearTimeout(late);
      resolve(found[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    exited.then(({ code, signal }) => {
      clearTimeout(late);
      reject(new Error(`${bin} ended early (${code ?? signal}); it said:\n${said}`));
    });
  }).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });

  return {
    url,
    said: () => said,
    /** Asks it to end as an operator would, and gives its exit code. */
    async stop(limit_ms = 10_000) {
      child.kill("SIGINT");
      let timer;
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => {
          child.kill("SIGKILL");
          reject(new Error(`the program did not end within ${limit_ms / 1000} s of SIGINT`));
        }, limit_ms);
      });
      const { code, signal } = await Promise.race([exited, late]).finally(() =>
        clearTimeout(timer),
      );
      return code ?? signal;
    },
    kill: () => child.kill("SIGKILL"),
  };
}
