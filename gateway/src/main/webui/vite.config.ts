import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "../../../target/classes/META-INF/resources",
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { "/api": "http://localhost:8080" } },
});
