import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    globalSetup: ["vitest.setup.ts"],
    testTimeout: 30_000,
    // Two cores: more forks would only make the inference tests compete.
    maxWorkers: 2,
  },
});
