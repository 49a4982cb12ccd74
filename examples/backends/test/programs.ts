import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Program } from "./backend-process";

const at = (...names: string[]) => path.resolve(__dirname, "..", ...names);

/** Debian's jars and Go sources. */
const JARS = ["core", "annotations", "databind"].map((name) => `/usr/share/java/jackson-${name}.jar`).join(":");
const GO_JWT = "/usr/share/gocode/src/github.com/golang-jwt/jwt";

/** How the backends are compiled and started, as their READMEs say. */
export const PROGRAMS = {
  Node: { name: "Node", command: () => [process.execPath, at("node/dist/main.js")] },
  Python: {
    name: "Python",
    // Debian's packages belong to Debian's interpreter.
    command: (port) => `/usr/bin/python3 -m uvicorn --app-dir ${at("python")} main:app --port ${port}`.split(" "),
  },
  Go: {
    name: "Go",
    /** Without the internet, from Debian's golang-jwt. */
    compile(folder) {
      fs.cpSync(at("go"), folder, { recursive: true });
      const env = { ...process.env, GOPROXY: "off", GOFLAGS: "", CGO_ENABLED: "0" };
      const go = (...args: string[]) => execFileSync("go", args, { cwd: folder, env });
      go("mod", "edit", "-replace", `github.com/golang-jwt/jwt/v4=${GO_JWT}`);
      go("build", "-o", "backend", ".");
    },
    command: (_, folder) => [path.join(folder, "backend")],
  },
  PHP: { name: "PHP", command: (port) => ["php", "-S", `127.0.0.1:${port}`, at("php/index.php")] },
  Java: {
    name: "Java",
    compile(folder) {
      const sources = fs.readdirSync(at("java")).filter((name) => name.endsWith(".java"));
      execFileSync("javac", ["-cp", JARS, "-d", folder, ...sources.map((name) => at("java", name))]);
    },
    // It lives for seconds: the second compiler would not earn its time.
    command: (_, folder) => ["java", "-XX:TieredStopAtLevel=1", "-cp", `${folder}:${JARS}`, "Backend"],
  },
} satisfies Record<string, Program>;
