namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>Layers of Keras that are known.</summary>
internal enum KerasKind
{
    Input,
    Embedding,
    Masking,
    Lstm,
    Gru,
    SimpleRnn,
    Bidirectional,
    TimeDistributed,
    Dense,

    /// <summary>Does something only while a network is trained: dropout, noise, penalties.</summary>
    TrainingOnly,
    Activation,
    Relu,
    LeakyRelu,
    Elu,
    ThresholdedRelu,
    Softmax,
    AveragePooling,
    MaxPooling,
    Rescaling,
}
