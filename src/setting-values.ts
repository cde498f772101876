/** What the text of a setting may be, and what it becomes. Where it is not that, the setting says what was expected. */
import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

export const integer = (least: number, most: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most));

export const decimal = (most: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().max(most));

export const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]+$/)
  .transform((name) => name.toLowerCase());

export const origin = z
  .string()
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.origin === text.toLowerCase();
  })
  .transform((text) => text.toLowerCase());

export const databaseUrl = z.string().refine((text) => {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:\/\//.test(text) && url.pathname.length > 1;
});

export const smtpUrl = z.string().refine((text) => {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
});

/** `ada@assay.example`, or `Assay <ada@assay.example>`. */
export const sender = z.string().regex(/^([^<>\r\n]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/);

/** Our secret goes there, and the keys come from there: over plain http, only what stays on this machine may. */
export const issuer = z.string().refine((text) => {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
});

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);

export const folderToWrite = (root: string) =>
  z
    .string()
    .transform((path) => resolve(root, path))
    .refine((path) => {
      const found = statSync(path, { throwIfNoEntry: false });
      return found === undefined || found.isDirectory();
    });

export const foldersToRead = (root: string) =>
  z
    .string()
    .transform((list) =>
      list
        .split(':')
        .filter((path) => path !== '')
        .map((path) => resolve(root, path)),
    )
    .pipe(z.array(z.string()).min(1))
    .superRefine((paths, context) => {
      for (const path of paths) {
        const reason = whyUnreadable(path);
        if (reason) context.addIssue({ code: 'custom', message: `${path} ${reason}` });
      }
    });

function whyUnreadable(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 'does not exist';
  if (!found.isDirectory()) return 'is not a folder';
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
    return null;
  } catch {
    return 'may not be read by this user';
  }
}
