import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { chapterSchema } from './data/chapters/chapter-schema.ts'

export const collections = {
  chapters: defineCollection({ loader: glob({ base: './content/chapters', pattern: '**/*.mdx' }), schema: chapterSchema }),
}
