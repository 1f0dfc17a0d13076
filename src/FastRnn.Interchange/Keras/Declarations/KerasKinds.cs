using System.Collections.Frozen;

namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>Keras' names of its layers.</summary>
internal static class KerasKinds
{
    private static readonly FrozenDictionary<string, KerasKind> Known = new Dictionary<string, KerasKind>
    {
        ["InputLayer"] = KerasKind.Input,
        ["Embedding"] = KerasKind.Embedding,
        ["Masking"] = KerasKind.Masking,
        ["LSTM"] = KerasKind.Lstm,
        ["GRU"] = KerasKind.Gru,
        ["SimpleRNN"] = KerasKind.SimpleRnn,
        ["Bidirectional"] = KerasKind.Bidirectional,
        ["TimeDistributed"] = KerasKind.TimeDistributed,
        ["Dense"] = KerasKind.Dense,
        ["Dropout"] = KerasKind.TrainingOnly,
        ["SpatialDropout1D"] = KerasKind.TrainingOnly,
        ["AlphaDropout"] = KerasKind.TrainingOnly,
        ["GaussianDropout"] = KerasKind.TrainingOnly,
        ["GaussianNoise"] = KerasKind.TrainingOnly,
        ["ActivityRegularization"] = KerasKind.TrainingOnly,
        ["Identity"] = KerasKind.TrainingOnly,
        ["Activation"] = KerasKind.Activation,
        ["ReLU"] = KerasKind.Relu,
        ["LeakyReLU"] = KerasKind.LeakyRelu,
        ["ELU"] = KerasKind.Elu,
        ["ThresholdedReLU"] = KerasKind.ThresholdedRelu,
        ["Softmax"] = KerasKind.Softmax,
        ["GlobalAveragePooling1D"] = KerasKind.AveragePooling,
        ["GlobalMaxPooling1D"] = KerasKind.MaxPooling,
        ["Rescaling"] = KerasKind.Rescaling,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kind of a class; null if it is not known.</summary>
    public static KerasKind? Find(string className) => Known.TryGetValue(className, out var kind) ? kind : null;

    public static bool IsRecurrent(this KerasKind kind) => kind is KerasKind.Lstm or KerasKind.Gru or KerasKind.SimpleRnn;

    /// <summary>The names of a layer's weights in the order in which Keras holds them; none for a layer without any.</summary>
    public static IReadOnlyList<string> Weights(this KerasKind kind, bool hasBias) => (kind, hasBias) switch
    {
        (KerasKind.Lstm or KerasKind.Gru or KerasKind.SimpleRnn, true) => ["kernel", "recurrent_kernel", "bias"],
        (KerasKind.Lstm or KerasKind.Gru or KerasKind.SimpleRnn, false) => ["kernel", "recurrent_kernel"],
        (KerasKind.Dense, true) => ["kernel", "bias"],
        (KerasKind.Dense, false) => ["kernel"],
        (KerasKind.Embedding, _) => ["embeddings"],
        _ => [],
    };
}
