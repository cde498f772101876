/** Who calls the API: between callers places are shared out, and each has ids of its own. */
import { isIPv4, isIPv6 } from 'node:net';
import type { RequestEvent } from '@sveltejs/kit';

/** @returns A learner's id, or, of a caller without a learner's cookie, the address. */
export function callerOf(event: RequestEvent): string {
  const { isNewLearner, learnerId } = event.locals;
  return isNewLearner ? `address ${addressOf(event)}` : `learner ${learnerId}`;
}

/**
 * Where a request comes from, as far as that can be believed: settings say which header of a proxy in front does. One
 * that lacks that header has come past the proxy.
 */
export function addressOf({ getClientAddress }: Pick<RequestEvent, 'getClientAddress'>): string {
  try {
    return network(getClientAddress());
  } catch {
    return 'past the proxy';
  }
}

/**
 * What one caller cannot change at will of an address: all of an IPv4 address, the first half of an IPv6
 * one, since whoever has one of these has all that begin like it.
 */
export function network(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped) || !isIPv6(address)) return mapped;
  // The last part of a form such as 64:ff9b::192.0.2.1 stands for two groups, and is not looked at.
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.replace(/[\d.]+\.\d+$/, '0:0').split(':');
  const zeros = address.includes('::') ? 8 - before.length - after.length : 0;
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
