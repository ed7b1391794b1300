import { conv2d, dense, dropout, flatten, maxPool, relu } from './layers.ts'

/** The study's CNN, that of the KMNIST authors' Keras benchmark: 1,199,882 parameters. */
export const cnn = [
  conv2d(32, 3),
  relu(),
  conv2d(64, 3),
  relu(),
  maxPool(2),
  dropout(0.25),
  flatten(),
  dense(128),
  relu(),
  dropout(0.5),
  dense(10),
]

/** The same without its pooling layer, which leaves the first dense layer four times the inputs: 4,738,826 parameters. */
export const cnnNoPooling = cnn.filter((layer) => layer.kind !== 'maxPool')
