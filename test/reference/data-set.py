"""Reference values for tests of the data set's analyses and of clustering, by scikit-learn and NumPy, on pictures made by a formula.

Run: python test/reference/data-set.py   (Python 3.11, scikit-learn 1.x, numpy); writes data-set.json beside it.
"""
import json
import pathlib

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import confusion_matrix
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid


def pictures(first, count):
    """The same formula as in test/analyses/made-up-pictures.ts: a pattern of the class, and one of the picture."""
    i = np.arange(first, first + count)[:, None]
    p = np.arange(784)[None, :]
    return (((i % 10) * p * 11) % 128 + (i * i * 7 + p * p * 3 + i * p * 5) % 128).astype('uint8'), (i[:, 0] % 10)


def noisy_pictures(first, count):
    """The same formula as in test/analyses/noisy-pictures.ts: much noise, so that methods that differ decide differently."""
    i = np.arange(first, first + count)[:, None]
    p = np.arange(784)[None, :]
    noise = (i * i * i * 7 + i * i * p * 3 + i * p * p * 5 + p * p * p) % 199
    return ((i % 10 * p * 11) % 52 + noise).astype('uint8'), i[:, 0] % 10


def repeat(images):
    images[17] = images[7]  # twice in one class
    images[28] = images[3]  # twice, in two classes


train, train_labels = noisy_pictures(0, 60)
test, test_labels = noisy_pictures(1060, 40)
repeat(train)
train[9] = train[29] ^ 16  # near, in one class
train[12] = train[35] ^ 16  # near, in two classes
test[5] = train[25]
test[14] = train[6]  # held back: a copy all the same
test[7] = train[2] ^ 16  # near, in two classes
test[11] = train[4] ^ 16
test[8] = train[4] ^ 32  # not near
held = np.arange(0, 60, 3)
kept = np.setdiff1d(np.arange(60), held)

x, y = train[kept].astype('float64'), train_labels[kept]
knn = KNeighborsClassifier(4, weights='distance', algorithm='brute').fit(x, y)
knn_all = KNeighborsClassifier(4, weights='distance', algorithm='brute').fit(train.astype('float64'), train_labels)


def in_components(images, labels, count=8):
    reduce = PCA(count, svd_solver='full').fit(images.astype('float64'))
    knn = KNeighborsClassifier(4, weights='distance', algorithm='brute').fit(reduce.transform(images.astype('float64')), labels)
    return lambda others: knn.predict(reduce.transform(others.astype('float64')))


reduced, reduced_all = in_components(x, y), in_components(train, train_labels)
space = PCA(8, svd_solver='full').fit(x)
centroid = NearestCentroid().fit(x, y)
nearest = {}
# Distances are to the images learnt from; copies of test images are looked for among all.
for name, images, labels, among, among_labels in (
    ('validation', train[held], train_labels[held], x, y),
    ('test', test, test_labels, train.astype('float64'), train_labels),
):
    distances = lambda others: np.sqrt(((images[:, None].astype('float64') - others[None]) ** 2).mean(axis=2))
    quantiles = np.quantile(distances(x).min(axis=1), [0.05, 0.25, 0.5, 0.75, 0.95])
    all_d = distances(among)
    d = all_d.min(axis=1)
    nearest[name] = {
        'quantiles': [float(q) for q in quantiles],
        'identical': int((d == 0).sum()),
        'near': int((d < 25.5).sum()),
        'nearOfOtherClass': int(((d < 25.5) & (among_labels[all_d.argmin(axis=1)] != labels)).sum()),
    }

starts = [0, 1, 2]
to_cluster = pictures(0, 60)[0]
repeat(to_cluster)
points = to_cluster[:, :16].astype('float64')
clustering = KMeans(3, init=points[starts], n_init=1, algorithm='lloyd', tol=0, max_iter=50).fit(points)

out = {
    'neighbours': {
        'validation': float((knn.predict(train[held].astype('float64')) == train_labels[held]).mean()),
        'test': confusion_matrix(test_labels, knn.predict(test.astype('float64')), labels=range(10)).tolist(),
        'ofAll': float((knn_all.predict(test.astype('float64')) == test_labels).mean()),
    },
    'components': {
        'validation': float((reduced(train[held]) == train_labels[held]).mean()),
        'test': confusion_matrix(test_labels, reduced(test), labels=range(10)).tolist(),
        'ofAll': float((reduced_all(test) == test_labels).mean()),
        # Signs are arbitrary.
        'placed': np.abs(space.transform(test[:3].astype('float64'))).tolist(),
    },
    'centroid': {
        'validation': float((centroid.predict(train[held].astype('float64')) == train_labels[held]).mean()),
        'test': confusion_matrix(test_labels, centroid.predict(test.astype('float64')), labels=range(10)).tolist(),
    },
    'nearest': nearest,
    'clustering': {
        'starts': starts,
        'dimensions': 16,
        'labels': clustering.labels_.tolist(),
        'inertia': float(clustering.inertia_),
        'centres': [[round(float(v), 6) for v in row] for row in clustering.cluster_centers_],
    },
}
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(out) + '\n')
