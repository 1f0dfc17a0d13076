using System.ComponentModel;

using FastRnn.CompilerServices;
using FastRnn.Language;

namespace FastRnn;

/// <summary>One layer of a model as data.</summary>
/// <param name="Cell">What the layer computes: the cell's full name, or <c>Dense</c> with its activation. Part of
/// <see cref="Files.ModelFingerprint"/>.</param>
/// <param name="IsRecurrent">False for a dense layer: it has no carried state.</param>
/// <param name="InputSize">Length of <c>x</c>.</param>
/// <param name="HiddenSize">The size of the dimension <c>Hidden</c>.</param>
/// <param name="ParameterOffset">Where the layer's parameters begin among the model's.</param>
/// <param name="Parameters">The learned parameters in declared order; offsets count from the layer's first.</param>
/// <param name="States">The carried states; the first is the layer's output. A dense layer's output counts as one that is not read
/// back.</param>
/// <param name="TapeStride">Floats that one row and step leaves for the backward pass, besides the states.</param>
/// <param name="DPreStride">Floats that the backward pass leaves, for one row and step, for the deferred products.</param>
/// <param name="DPreOnTape">Whether they take the place of the tape, row for row: the backward pass uses the tape up.</param>
/// <param name="Products">The deferred products that make the gradients of matrices.</param>
/// <param name="Sums">The deferred column sums that make the gradients of vectors.</param>
/// <param name="MultiplyAdds">Multiply-adds of one step of one row, forward.</param>
/// <param name="HoistFloats">Floats of the sums that can be made of a step's input before the recurrence; 0 if there are none.</param>
/// <param name="ReadsToken">Whether a one-hot input is given to the kernels as tokens.</param>
/// <param name="PadsInput">Whether the equations read x by whole vectors, so that rows of any other length must be padded.</param>
/// <param name="Layout">How weights are packed.</param>
/// <param name="Tensors">The layer's tensors in a weights file.</param>
/// <param name="CreateReference">Makes the cell itself, executable in double precision, from its parameters.</param>
/// <param name="Wiring">How it stands in its model: in a chain it reads the layer before.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record LayerInfo(
    string Cell,
    bool IsRecurrent,
    int InputSize,
    int HiddenSize,
    int ParameterOffset,
    IReadOnlyList<ParameterInfo> Parameters,
    IReadOnlyList<StateInfo> States,
    int TapeStride,
    int DPreStride,
    bool DPreOnTape,
    IReadOnlyList<WeightProduct> Products,
    IReadOnlyList<VectorSum> Sums,
    long MultiplyAdds,
    int HoistFloats,
    bool ReadsToken,
    bool PadsInput,
    LayerLayout Layout,
    IReadOnlyList<TensorInfo> Tensors,
    Func<CellParameters, ICell> CreateReference,
    LayerWiring Wiring)
{
    /// <summary>Length of the layer's output.</summary>
    public int OutputSize { get; } = States[0].Size;

    /// <summary>The gates and other squashed values that a recorded pass leaves in memory, in the order of the equations.</summary>
    public IReadOnlyList<ActivationInfo> Activations { get; init; } = [];

    /// <summary>Number of the layer's learned numbers.</summary>
    public int ParameterCount => Parameters.Count == 0 ? 0 : Parameters[^1].Offset + Parameters[^1].Count;
}
