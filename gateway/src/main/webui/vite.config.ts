import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    outDir: "../../../target/classes/META-INF/resources",
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: { manualChunks: (id) => (/node_modules\/(echarts|zrender)\//.test(id) ? "echarts" : undefined) },
      // libraries mark their client parts for a server renderer, of which there is none here
      onwarn: (warning, tell) => warning.code !== "MODULE_LEVEL_DIRECTIVE" && tell(warning),
    },
  },
  server: { proxy: { "/api": "http://localhost:8080" }, fs: { allow: [".", "../resources"] } },
  test: { environment: "jsdom", setupFiles: ["src/test/setup.ts"], css: false },
});
