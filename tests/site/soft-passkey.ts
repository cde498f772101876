/** A device that keeps one passkey, for browsers that have none: it answers challenges as WebAuthn wants them answered. */
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

interface Asked {
  challenge: string;
}

/** Present, and known by what unlocks the device. */
const owner = 0x01 | 0x04;
const withKey = 0x40;

export class SoftPasskey {
  readonly #origin: string;
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id: Buffer;
  #count = 0;

  /** @param id - Of the credential; another one's, to pass for it. */
  constructor(origin: string, id: Buffer = randomBytes(32)) {
    this.#origin = origin;
    this.#id = id;
  }

  get id(): Buffer {
    return this.#id;
  }

  /** What a browser brings when it has made the passkey. */
  register({ challenge }: Asked): object {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const key = Buffer.concat([
      // A map of five: EC2 keys, for ES256, on P-256, at x and y.
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.#id.length);
    const data = Buffer.concat([
      this.#data(owner | withKey),
      Buffer.alloc(16),
      length,
      this.#id,
      key,
    ]);
    const attestation = Buffer.concat([
      // {"fmt": "none", "attStmt": {}, "authData": ...}
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
      Buffer.from([data.length]),
      data,
    ]);
    return this.#answer({
      clientDataJSON: this.#client('webauthn.create', challenge).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** What a browser brings when it signs in. */
  signIn({ challenge }: Asked): object {
    const data = this.#data(owner);
    const client = this.#client('webauthn.get', challenge);
    const signed = createSign('sha256').update(data).update(digest(client));
    return this.#answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signed.sign(this.#keys.privateKey).toString('base64url'),
    });
  }

  #answer(response: object): object {
    const id = this.#id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #data(flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE((this.#count += 1));
    return Buffer.concat([digest(new URL(this.#origin).hostname), Buffer.from([flags]), count]);
  }

  #client(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin }));
  }
}

const digest = (of: string | Buffer) => createHash('sha256').update(of).digest();
