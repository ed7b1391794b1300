import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { plateauStateSchema, stoppingStateSchema } from '../training/improvement.ts'
import type { Snapshot, TrainingState } from '../training/train.ts'
import { describeMisfit } from './describe-misfit.ts'
import { historyRowSchema, provenanceSchema, type Provenance } from './schema.ts'
import { removeAbandoned, writeAtomically } from './write-atomically.ts'

/** A run between two epochs, on disk: going on from it gives the same numbers as never having stopped. */
export interface Checkpoint {
  /** What the run depends on; a checkpoint made under another key is not gone on from. */
  key: string
  segments: Provenance['segments']
  peakMemoryBytes: number
  state: TrainingState
}

const lengths = z.array(z.int().nonnegative())
const packedSnapshotSchema = z.strictObject({
  epoch: z.int().positive(),
  accuracy: z.number(),
  loss: z.number().nullable(),
  weights: lengths,
})
type PackedSnapshot = z.infer<typeof packedSnapshotSchema>

/** The header: the checkpoint with the length of each array in its place, in the order of the values behind it. */
const headerSchema = z.strictObject({
  key: z.string(),
  segments: provenanceSchema.shape.segments,
  peakMemoryBytes: provenanceSchema.shape.peakMemoryBytes,
  state: z.strictObject({
    epoch: z.int().positive(),
    step: z.int().positive(),
    rate: z.number(),
    stopped: z.boolean(),
    history: z.array(historyRowSchema),
    secondsPerEpoch: z.array(z.number()),
    plateau: plateauStateSchema.nullable(),
    stopping: stoppingStateSchema.nullable(),
    network: z.strictObject({ weights: lengths, slots: lengths }),
    bestByValidation: packedSnapshotSchema.nullable(),
    bestByTest: packedSnapshotSchema.nullable(),
  }),
})

const magic = 'kuzushiji checkpoint 1\n'
const sha256 = (...parts: Uint8Array[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** The file: a line of magic, the header's length, the header (JSON, in which arrays are lengths), float32 values, SHA-256 of all that. */
export function writeCheckpoint(file: string, checkpoint: Checkpoint): void {
  const arrays: Float32Array[] = []
  const packed = (list: Float32Array[]) => {
    arrays.push(...list)
    return list.map((array) => array.length)
  }
  const snapshot = (s: Snapshot | null) => s && { ...s, weights: packed(s.weights) }
  const { state } = checkpoint
  const content = {
    ...checkpoint,
    state: {
      ...state,
      network: { weights: packed(state.network.weights), slots: packed(state.network.slots) },
      bestByValidation: snapshot(state.bestByValidation),
      bestByTest: snapshot(state.bestByTest),
    },
  }
  const header = Buffer.from(JSON.stringify(content))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  const parts = [Buffer.from(magic), length, header, ...arrays.map((a) => new Uint8Array(a.buffer, a.byteOffset, a.byteLength))]
  writeAtomically(file, ...parts, sha256(...parts))
  // Of a run that is killed again and again each may be some 15 MB.
  removeAbandoned(file)
}

/**
 * @returns undefined where there is none
 * @throws where the file is damaged or foreign, naming it and saying what to do
 */
export function readCheckpoint(file: string): Checkpoint | undefined {
  if (!existsSync(file)) return undefined
  const bytes = readFileSync(file)
  const body = bytes.subarray(0, -32)
  const refused = (why: string) => new Error(`${file} is not a whole checkpoint (${why}): delete it, and the run starts anew`)
  if (bytes.length < magic.length + 36 || !bytes.subarray(-32).equals(sha256(body))) throw refused('its checksum differs')
  const opening = bytes.toString('latin1', 0, magic.length)
  if (opening !== magic) throw refused(`it begins with ${JSON.stringify(opening)}, not ${JSON.stringify(magic)}`)
  let at = magic.length + 4
  const headerLength = bytes.readUInt32LE(magic.length)
  const value: unknown = JSON.parse(bytes.toString('utf8', at, (at += headerLength)))
  const parsed = headerSchema.safeParse(value)
  if (!parsed.success) throw refused(`its header ${describeMisfit(parsed.error, value)}`)
  const header = parsed.data
  const unpacked = (lengths: number[]) =>
    lengths.map((length) => {
      const array = new Float32Array(length)
      new Uint8Array(array.buffer).set(bytes.subarray(at, (at += length * 4)))
      return array
    })
  const snapshot = (s: PackedSnapshot | null) => s && { ...s, weights: unpacked(s.weights) }
  const { state } = header
  // In the order they were packed.
  const network = { weights: unpacked(state.network.weights), slots: unpacked(state.network.slots) }
  const bestByValidation = snapshot(state.bestByValidation)
  const bestByTest = snapshot(state.bestByTest)
  return { ...header, state: { ...state, network, bestByValidation, bestByTest } }
}

export const deleteCheckpoint = (file: string) => rmSync(file, { force: true })
