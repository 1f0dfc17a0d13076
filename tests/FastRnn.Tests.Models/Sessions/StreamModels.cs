using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Sessions;

/// <summary>An output may be written over its input here.</summary>
[Model, Input(5), Layer<Gru>(5)]
internal sealed partial class Echo;

/// <summary>Two recurrent layers of several cells' states, with an embedding below and probabilities above.</summary>
[Model, Embedding(Vocabulary = 9, Size = 6), Layer<Lstm>(17), Layer<Gru>(4), Dense(3, Activation = DenseActivation.Softmax)]
internal sealed partial class SpokenStack;

/// <summary>More than a chain, with masks among its states, and an output as long as its input.</summary>
[Model, Input(3), Dropout(0.1), Layer<Gru>(6, RecurrentDropout = 0.5, InitialState = InitialState.Learned), Dropout(0.2),
    Layer<Lstm>(3, RecurrentDropout = 0.3), MeanSquaredError]
internal sealed partial class DroppedStream;

/// <summary><see cref="DroppedStream"/> as inference sees it.</summary>
[Model, Input(3), Layer<Gru>(6, InitialState = InitialState.Learned), Layer<Lstm>(3), MeanSquaredError]
internal sealed partial class UndroppedStream;

/// <summary>As <see cref="SpokenStack"/> from outside, but not from inside.</summary>
[Model, Embedding(Vocabulary = 9, Size = 6), Layer<Lstm>(17, InitialState = InitialState.Learned), Layer<Gru>(4),
    Dense(3, Activation = DenseActivation.Softmax)]
internal sealed partial class LearnedStartText;

/// <summary><see cref="Echo"/>, and worth splitting its units among threads.</summary>
[Model, Input(48), Layer<Gru>(230), Layer<Elman>(48)]
internal sealed partial class LargeEcho;

/// <summary>Trained on whole sequences, and served as a stream.</summary>
[Model, Embedding(Vocabulary = 7, Size = 4), Layer<Lstm>(9), Layer<Gru>(6, InitialState = InitialState.Learned), Pool(Pooling.Last),
    Dense(5, Activation = DenseActivation.Tanh), Dropout(0.3), Dense(3, Activation = DenseActivation.Softmax)]
internal sealed partial class Opinion;
