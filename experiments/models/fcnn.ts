import { dense, dropout, flatten, relu } from './layers.ts'

/** The study's fully connected network: 1,333,770 parameters. */
export const fcnn = [flatten(), dense(1024), relu(), dropout(0.25), dense(512), relu(), dropout(0.5), dense(10)]
