using System.Globalization;

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

        return new ModelPlan(model, new(NameApart(plans)));
    }

    /// <summary>Layers share kernels only if all of their plan is the same; what merely bears the same name (cells of two namespaces, a
    /// cell called Dense) gets a number. File names make no difference of case.</summary>
    private static List<LayerPlan> NameApart(List<LayerPlan> plans)
    {
        var distinct = plans.Distinct().ToList();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var named = distinct.Select(plan =>
        {
            var name = plan.Name;
            for (var n = 2; !names.Add(name); n++)
            {
                name = plan.Name + "_" + n.ToString(CultureInfo.InvariantCulture);
            }

            return plan with { Name = name };
        }).ToList();
        return plans.Select(plan => named[distinct.IndexOf(plan)]).ToList();
    }
}
