const titles: Record<string, string> = { corrected: 'our protocol', published: 'the original’s protocol' }

/** A protocol as pages name it: the two of the report by whose they are, others by their names. */
export const protocolTitle = (name: string): string => titles[name] ?? `${name} protocol`
