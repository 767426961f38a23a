import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** The server answers `/admin` with admin.html; so does `npm run dev`. */
const administration: Plugin = {
  name: "administration-page",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (/^\/admin(?=$|[/?#])/.test(request.url ?? "")) {
        request.url = request.url?.replace(/^\/admin/, "/admin.html");
      }
      next();
    });
  },
};

const api = process.env.TWS_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), administration],
  build: {
    outDir: "../src/tws/web/static",
    emptyOutDir: true,
    target: "es2022",
    // A strict Content-Security-Policy refuses data: fonts and images.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { index: "index.html", admin: "admin.html", sw: "src/worker/main.ts" },
      output: {
        // A worker rules below where it stands, and is known by its name: a newer one replaces it.
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  server: {
    // The API checks the Origin of browsers against its Host: it must see the page's own.
    proxy: { "/api": { target: api, ws: true, changeOrigin: false } },
  },
});
