using System.Globalization;

namespace FastRnn.Generators.Scheduling;

/// <summary>The kernels of an assembly: layers of the same plan share them, in whichever models they stand.</summary>
/// <param name="Plans">Each plan once, as it was scheduled.</param>
/// <param name="Names">The name of each.</param>
/// <param name="Widths">The vector widths that the project wants.</param>
internal sealed record KernelSet(EquatableArray<LayerPlan> Plans, EquatableArray<string> Names, EquatableArray<int> Widths)
{
    /// <summary>The kernels of some models. Layers share them only if all of their plan is the same; what merely bears the same name (cells
    /// of two namespaces, a cell called Dense) gets a number. File names make no difference of case.</summary>
    public static KernelSet Of(IReadOnlyList<ModelPlan> models)
    {
        var plans = models.SelectMany(model => model.Layers).Where(layer => layer.HasKernels).Distinct().ToList();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = plans.Select(plan =>
        {
            var name = plan.Name;
            for (var n = 2; !taken.Add(name); n++)
            {
                name = plan.Name + "_" + n.ToString(CultureInfo.InvariantCulture);
            }

            return name;
        });
        return new(new(plans), new(names), models.Count == 0 ? EquatableArray<int>.Empty : models[0].Graph.Widths);
    }

    /// <summary>A model whose layers know the names of their kernels.</summary>
    public ModelPlan Name(ModelPlan model) => model with
    {
        Layers = new(model.Layers.Select(layer => layer.HasKernels ? Named(IndexOf(layer)) : layer)),
    };

    /// <summary>What is emitted of them: each for each width.</summary>
    public IEnumerable<WidthPlan> Files()
    {
        for (var i = 0; i < Plans.Count; i++)
        {
            foreach (var width in Widths)
            {
                yield return new WidthPlan(Named(i), width);
            }
        }
    }

    private int IndexOf(LayerPlan plan)
    {
        var index = 0;
        while (!Plans[index].Equals(plan))
        {
            index++;
        }

        return index;
    }

    private LayerPlan Named(int index) => Plans[index] with { Name = Names[index] };
}

/// <summary>The kernels of a layer for one vector width.</summary>
internal sealed record WidthPlan(LayerPlan Layer, int Width);
