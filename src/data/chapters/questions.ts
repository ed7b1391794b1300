/** The original's research questions, translated. */
export const questions = {
  Q1: 'How does a fully connected network compare with a CNN at classifying images of one data set?',
  Q2: 'How are the classes distributed? Is any class imbalanced?',
  Q3: 'What are the main architectural differences between a fully connected network and a CNN?',
  Q4: 'How do convolutions help extract features from an image?',
  Q5: 'What is the role of pooling? Can a CNN be trained without it, and what happens then?',
  Q6: 'How can the filters a CNN learns be visualised and interpreted?',
  Q7: 'What do those pictures say about the features of the first layers versus the last?',
  Q8: 'Can the weights of a fully connected network be read the same way? Why, or why not?',
} as const

export type Question = keyof typeof questions
