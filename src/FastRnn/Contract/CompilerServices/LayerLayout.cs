using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>How the weights of a layer are packed; of an operation without kernels nothing is.</summary>
/// <param name="Forward">The panels that the forward kernels read.</param>
/// <param name="Backward">The panels that the backward kernels read.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record LayerLayout(IReadOnlyList<PanelInfo> Forward, IReadOnlyList<PanelInfo> Backward);
