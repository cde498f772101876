import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    sveltekit({
      compilerOptions: { runes: true },
      // The prefix keeps the adapter's own variables apart from ours: src/cli/serve.ts sets them.
      adapter: adapter({ out: 'build', envPrefix: 'ASSAY_KIT_' }),
      // A page that was answered may not load anything from elsewhere.
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
});
