using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Scheduling;

/// <summary>The plan of an operation that is written once for every shape: no kernels, one state, which is its output.</summary>
internal static class OperationScheduler
{
    public static LayerPlan Schedule(LayerGraph layer) => new(
        "",
        layer.Cell.Name,
        EquatableArray<KernelPlan>.Empty,
        EquatableArray<KernelPlan>.Empty,
        null,
        new([new StatePlan("y", layer.HiddenSize, true)]),
        0,
        0,
        false,
        EquatableArray<ActivationPlan>.Empty,
        EquatableArray<ProductPlan>.Empty,
        EquatableArray<SumPlan>.Empty,
        layer.IsAttention ? (long)layer.InputSize + layer.HiddenSize : 0,
        false);
}
