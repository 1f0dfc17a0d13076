using FastRnn.CompilerServices;
using FastRnn.Language;

namespace FastRnn.Tests.Reference;

/// <summary>Layers of models that are more than a chain, written by hand.</summary>
internal static class HandMadeGraph
{
    public const int Main = LayerWiring.MainInput;
    public const int Source = LayerWiring.SourceInput;
    public const int Condition = LayerWiring.ConditionInput;

    /// <summary>A layer that reads nothing but vectors and learns nothing.</summary>
    public static LayerInfo Layer(LayerOperation operation, int size, TimeDomain domain, float rate, params int[] sources) =>
        Layer(operation, size, domain, rate, [], sources);

    /// <summary>A layer that needs no kernel.</summary>
    public static LayerInfo Layer(
        LayerOperation operation, int size, TimeDomain domain, float rate, ParameterInfo[] parameters, params int[] sources) =>
        HandMadeModel.Layer(operation.ToString(), size, size, _ => throw new InvalidOperationException("No cell."), false, "y", parameters)
            with
        { Wiring = new LayerWiring(operation, domain, sources, [], rate) };

    /// <summary>A layer with a cell, or a dense one.</summary>
    public static LayerInfo Wired(this LayerInfo layer, TimeDomain domain, int source, params StateStart[] starts) =>
        layer with { Wiring = new LayerWiring(LayerOperation.Kernel, domain, [source], starts) };

    /// <summary>The running sum of the input: <c>h = h + x</c>, whose every number a pencil can follow.</summary>
    public static LayerInfo RunningSum(int size, params ParameterInfo[] parameters) =>
        HandMadeModel.Layer("RunningSum", size, size, _ => new RunningSumCell(), true, "h", parameters);

    public static StateStart Start(StartKind kind, int index = 0, int state = 0, float value = 0) => new(kind, index, state, value);

    private sealed class RunningSumCell : ICell
    {
        public double[][] Step(double[] x, double[][] states) =>
            [(new Vec<Hidden>(states[0]) + new Vec<Hidden>(x)).ToArray(), .. states.Skip(1)];
    }
}
