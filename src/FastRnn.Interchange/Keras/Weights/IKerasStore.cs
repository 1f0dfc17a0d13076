using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Weights;

/// <summary>Where the tensors of a layer stand in a file.</summary>
internal interface IKerasStore
{
    /// <summary>What does not fit the declaration.</summary>
    IReadOnlyList<string> Problems { get; }

    /// <summary>What was read otherwise than it is called.</summary>
    IReadOnlyList<string> Assumptions { get; }

    /// <summary>The tensors of a layer (inside of a wrapper) in Keras' order; null if it has none there, which is a problem.</summary>
    IReadOnlyList<FileTensor>? Of(KerasLayer layer);
}
