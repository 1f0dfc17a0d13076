using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Scheduling;

/// <summary>Schedules a model, layer by layer.</summary>
internal static class ModelScheduler
{
    /// <summary>The plan of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellation">When the result is not wanted any more.</param>
    public static ModelPlan Schedule(ModelGraph model, CancellationToken cancellation = default)
    {
        var plans = new List<LayerPlan>();
        for (var i = 0; i < model.Layers.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var mayReadToken = model.MayReadToken(i);
            plans.Add(model.Layers[i].IsKernel
                ? LayerScheduler.Schedule(model.Layers[i], mayReadToken, mayReadToken) : OperationScheduler.Schedule(model.Layers[i]));
        }

        return new ModelPlan(model, new(plans));
    }
}
