const titles: Record<string, string> = { corrected: 'our protocol', published: 'the original’s protocol' }
const owners: Record<string, string> = { corrected: 'ours', published: 'the original’s' }

/** A protocol as pages name it: the two of the report by whose they are, others by their names. */
export const protocolTitle = (name: string): string => titles[name] ?? `${name} protocol`

/** In a column of protocols, where "published" would read as the published score. */
export const protocolOwner = (name: string): string => owners[name] ?? name
