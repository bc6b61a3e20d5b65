/**
 * Examples to train on and to measure with: from IDX files, image folders, tables, arrays, and a catalogue of data sets.
 *
 * <p>{@link Examples} is what trainers and evaluators read: an ordered collection that is addressed by index, in memory or in a
 * file. {@link Sources} opens files and is where to begin with data of one's own; {@link SourceOptions} and {@link TableOptions} say
 * how they are read. {@link Datasets} has the catalogue, with {@link Strokes}, digits drawn by a program, which need no file.
 * {@link PcaFit} fits the linear model that every other is compared with.
 *
 * <p>{@link IdxRecordReader}, {@link ImageFolderRecordReader} and {@link CsvRecordReader} give the same examples to DataVec's users.
 * Bad files are met with an {@link InvalidDataException}: which file, where in it, what was found and what was expected.
 */
@NullMarked
package io.github.latent4j.data;

import org.jspecify.annotations.NullMarked;
