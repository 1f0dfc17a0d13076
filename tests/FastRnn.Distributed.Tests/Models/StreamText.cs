using FastRnn.Cells;

namespace FastRnn.Distributed.Tests.Models;

/// <summary>Streams with everything that belongs to a place in the batch: carried and learned states, dropout between layers and in a
/// recurrence; large enough for several slices of gradients.</summary>
[Model, Embedding(Vocabulary = 11, Size = 6), Layer<Lstm>(40, RecurrentDropout = 0.1, InitialState = InitialState.Learned), Dropout(0.2),
    Layer<Gru>(9), Dense(11), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class StreamText;
