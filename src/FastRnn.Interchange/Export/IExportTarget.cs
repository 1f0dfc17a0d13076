using FastRnn.CompilerServices;

namespace FastRnn.Interchange.Export;

/// <summary>Writes the parts of a model in another tool's words. Values are names; sequences lie <c>[T, B, D]</c>, single vectors
/// <c>[B, D]</c>.</summary>
internal interface IExportTarget
{
    /// <summary>Why a layer cannot be written, or null.</summary>
    string? Obstacle(RecurrentGroup group);

    /// <summary>What the first layer reads.</summary>
    string Input();

    /// <summary>A recurrent layer.</summary>
    /// <param name="group">One direction, or both.</param>
    /// <param name="x">What it reads.</param>
    /// <param name="isBackward">Whether its only direction reads each sequence from its end.</param>
    /// <returns>The outputs of each direction, at the steps of <paramref name="x"/>.</returns>
    IReadOnlyList<Flow> Recurrent(RecurrentGroup group, string x, bool isBackward);

    /// <summary>A dense layer without its function.</summary>
    string Dense(LayerInfo layer, string x);

    /// <summary>A function of each number.</summary>
    string Activation(DenseActivation function, string x);

    /// <summary>Each number times a constant.</summary>
    string Scale(float factor, string x);

    /// <summary>The first numbers of <paramref name="x"/>, as many as <paramref name="y"/> has, added to it.</summary>
    string Skip(string y, string x, int size);

    /// <summary>One direction alone (<see cref="Flow.Side"/>).</summary>
    string Side(Flow flow);

    /// <summary>Both directions of a layer as one.</summary>
    /// <param name="first">The forward one.</param>
    /// <param name="join"><see cref="LayerOperation.Concat"/> or <see cref="LayerOperation.Sum"/>.</param>
    string JoinSides(Flow first, LayerOperation join);

    /// <summary>Values as one.</summary>
    string Join(LayerOperation join, IReadOnlyList<string> values);

    /// <summary>The steps from the last to the first.</summary>
    string Reverse(string x);

    /// <summary>One vector of the steps.</summary>
    string Pool(LayerOperation pool, string x);
}
