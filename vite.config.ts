import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const gateway = new URL(process.env.GATEHOUSE_URL ?? 'http://127.0.0.1:4280').origin

/** Host and Origin must look like the gateway's own, or its same-origin check refuses the request. */
const toGateway = { target: gateway, changeOrigin: true, headers: { origin: gateway } }

/** The UI is served under a policy without inline scripts, styles or data URLs for them: nothing is inlined. */
export default defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: '/',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: fileURLToPath(new URL('dist/ui', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
  server: { host: '127.0.0.1', proxy: { '/admin/api': toGateway, '/v1': toGateway } },
})
