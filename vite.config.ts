import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

/** The app opens at the first request: an author's lessons are watched from the start, page open or not. */
const openAtStart: Plugin = {
  name: 'assay-open-at-start',
  apply: 'serve',
  configureServer: ({ httpServer }) => {
    httpServer?.once('listening', () => {
      const address = httpServer.address();
      if (address === null || typeof address === 'string') return;
      const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      // Why the app did not open, the app itself has told.
      fetch(`http://${host}:${address.port}/health`).catch(() => undefined);
    });
  },
};

/**
 * SvelteKit's own component says in a style attribute that what it tells to screen readers is not seen. Our policy
 * allows none: ui/style/elements.css says it.
 */
const announcerWithoutStyle: Plugin = {
  name: 'assay-announcer-without-style',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/kit/src/runtime/components/root.svelte')) return null;
    const bare = code.replace(/(id="svelte-announcer"[^>]*?)\s+style="[^"]*"/, '$1');
    if (bare === code)
      this.error('SvelteKit has no style on #svelte-announcer any more: take this out.');
    return { code: bare, map: null };
  },
};

export default defineConfig({
  plugins: [
    openAtStart,
    announcerWithoutStyle,
    sveltekit({
      compilerOptions: { runes: true },
      // The prefix keeps the adapter's own variables apart from ours: src/cli/serve.ts sets them.
      adapter: adapter({ out: 'build', envPrefix: 'ASSAY_KIT_' }),
      // A form that came too often is answered, at its own address, with a page of another one (routes/try-later).
      paths: { relative: false },
      // A list of all pages in every browser grew with each page: the server tells which page is behind a link.
      router: { resolution: 'server' },
      // A page that was answered may not load anything from elsewhere.
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          // Style elements need the page's nonce (routes/security-headers.ts). No attribute is a style: what depends
          // on data is placed by attributes of SVG, by rules for its numbers (ui/style/data-numbers.css), or by script.
          'style-src': ['self'],
          'style-src-attr': ['none'],
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
