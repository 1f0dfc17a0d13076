using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>Weights that are static data of an assembly: what the generator makes of <see cref="WeightsAttribute"/>. The embedding comes
/// first, then layer by layer either its parameters in canonical order or its forward panels for one vector width
/// (<see cref="PanelInfo"/>). Exact numbers are floats. With bfloat16, layers' matrices are halves, all of them behind all exact numbers:
/// each half is the upper half of a float. With int8, each row of a matrix that kernels multiply has its scale among the floats, and its
/// weights behind them all; no layer lies in panels then.</summary>
/// <param name="data">The numbers, little-endian, filled up with zeros.</param>
/// <param name="float32Count">How many of them are floats.</param>
/// <param name="bfloat16Count">How many are bfloat16.</param>
/// <param name="panelWidth">The vector width of the panels.</param>
/// <param name="panels">For each layer whether its panels are there, and not its parameters; empty if no layer's are.</param>
/// <param name="int8Count">How many of the numbers are int8.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public readonly ref struct EmbeddedWeights(
    ReadOnlySpan<ulong> data, int float32Count, int bfloat16Count, SimdWidth panelWidth, ReadOnlySpan<bool> panels,
    int int8Count = 0)
{
    /// <summary>The numbers.</summary>
    public ReadOnlySpan<ulong> Data { get; } = data;

    /// <summary>How many of them are floats.</summary>
    public int Float32Count { get; } = float32Count;

    /// <summary>How many are bfloat16.</summary>
    public int BFloat16Count { get; } = bfloat16Count;

    /// <summary>How many are int8.</summary>
    public int Int8Count { get; } = int8Count;

    /// <summary>The vector width of the panels; <see cref="SimdWidth.Auto"/> if there are none.</summary>
    public SimdWidth PanelWidth { get; } = panelWidth;

    /// <summary>For each layer whether its panels are there.</summary>
    public ReadOnlySpan<bool> Panels { get; } = panels;

    /// <summary>Whether the panels of a layer are there.</summary>
    internal bool HasPanels(int layer) => Panels.Length > 0 && Panels[layer];
}
