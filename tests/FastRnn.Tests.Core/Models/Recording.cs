namespace FastRnn.Tests.Models;

/// <summary>What an <see cref="Experiment"/> gave.</summary>
/// <param name="Outputs"><c>[T, B, O]</c>.</param>
/// <param name="States">The last states, <c>[layer][state][B, D]</c>.</param>
/// <param name="Gradients">Of all parameters in canonical order; empty after inference.</param>
/// <param name="DInput"><c>[T, B, I]</c>; empty if the input has no gradient.</param>
/// <param name="DStates">Of the initial states, <c>[layer][state][B, D]</c>; empty after inference.</param>
internal sealed record Recording(float[] Outputs, float[][][] States, float[] Gradients, float[] DInput, float[][][] DStates)
{
    /// <summary>All tensors by name.</summary>
    public IEnumerable<(string Name, float[] Values)> Tensors() =>
        [("outputs", Outputs), .. Named("state", States), ("gradients", Gradients), ("gradient of the input", DInput),
            .. Named("gradient of state", DStates)];

    private static IEnumerable<(string Name, float[] Values)> Named(string what, float[][][] states) =>
        from layer in Enumerable.Range(0, states.Length)
        from state in Enumerable.Range(0, states[layer].Length)
        select ($"{what} {state} of layer {layer}", states[layer][state]);
}
