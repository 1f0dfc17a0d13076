using FastRnn.Cells;

namespace FastRnn.Tests.Models;

/// <summary>A model of Keras: its embedding has <c>mask_zero</c>.</summary>
[Model, Embedding(Vocabulary = 9, Size = 5), Layer<Lstm>(6), Pool(Pooling.Last), Dense(2)]
internal sealed partial class KerasMask;
