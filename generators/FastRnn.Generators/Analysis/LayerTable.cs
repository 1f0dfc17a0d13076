using FastRnn.CompilerServices;
using FastRnn.Generators.Algebra;
using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Analysis;

/// <summary>A vector that a layer may read.</summary>
/// <param name="Source">A layer, or one of the inputs of <see cref="WiringGraph"/>.</param>
/// <param name="Size">Its length.</param>
/// <param name="Domain">Along which time it runs.</param>
internal sealed record Flow(int Source, int Size, TimeDomain Domain);

/// <summary>The layers of a model in the order of computation, each with the attribute that asked for it.</summary>
internal sealed class LayerTable
{
    private readonly List<LayerGraph> layers = [];
    private readonly List<Place> places = [];

    public IReadOnlyList<LayerGraph> Layers => layers;

    public IReadOnlyList<Place> Places => places;

    /// <summary>A kernel.</summary>
    public Flow Kernel(LayerGraph layer, Flow from, string format, Place place, IEnumerable<StartGraph>? starts = null) =>
        Wire(layer with { Wiring = new(LayerOperation.Kernel, from.Domain, new([from.Source]), new(starts ?? []), 0, format) }, place);

    /// <summary>A dense layer.</summary>
    public Flow Dense(Flow from, int size, DenseActivation activation, string format, Place place, bool hasBias = true) =>
        Kernel(new(DenseGraph.Create(activation, hasBias), true, activation, from.Size, size, EquatableArray<int>.Empty), from, format,
            place);

    /// <summary>An operation without kernels.</summary>
    /// <param name="operation">What it computes.</param>
    /// <param name="size">The length of its output.</param>
    /// <param name="domain">Along which time it runs.</param>
    /// <param name="from">What it reads.</param>
    /// <param name="place">The attribute that asked for it.</param>
    /// <param name="parameter">What it learns, of the dimensions Input and Hidden; null for nothing.</param>
    /// <param name="inputSize">The size of Input, if that is not the length of the first source.</param>
    /// <param name="rate">See FastRnn.CompilerServices.LayerWiring.</param>
    /// <param name="format">Makes the parameter's name in a file.</param>
    /// <param name="activation">The function of an activation; a part of what the layer is called.</param>
    public Flow Operation(
        LayerOperation operation, int size, TimeDomain domain, IReadOnlyList<Flow> from, Place place, ParameterSpec? parameter = null,
        int? inputSize = null, double rate = 0, string format = "{0}", DenseActivation activation = DenseActivation.Linear)
    {
        var parameters = parameter is null ? EquatableArray<ParameterSpec>.Empty : new([parameter]);
        var name = activation == DenseActivation.Linear ? operation.ToString() : $"{operation}.{activation}";
        var cell = new CellGraph(
            name, operation.ToString(), EquatableArray<string>.Empty, parameters, new([new StateSpec("y", "Hidden")]),
            EquatableArray<Node>.Empty, EquatableArray<int>.Empty, EquatableArray<Equation>.Empty, EquatableArray<TensorSpec>.Empty);
        return Wire(
            new LayerGraph(cell, false, DenseActivation.Linear, inputSize ?? from[0].Size, size, EquatableArray<int>.Empty)
            {
                Wiring = new(operation, domain, new(from.Select(f => f.Source)), EquatableArray<StartGraph>.Empty, rate, format)
                {
                    Activation = activation,
                },
            },
            place);
    }

    /// <summary>The same along the same time, of one source.</summary>
    public Flow Same(LayerOperation operation, Flow from, Place place, double rate = 0) =>
        Operation(operation, from.Size, from.Domain, [from], place, rate: rate);

    /// <summary>Two vectors as one.</summary>
    public Flow Join(Merge merge, Flow first, Flow second, Place place) => merge == Merge.Sum
        ? Operation(LayerOperation.Sum, first.Size, first.Domain, [first, second], place)
        : Operation(LayerOperation.Concat, checked(first.Size + second.Size), first.Domain, [first, second], place);

    /// <summary>The last source of a layer becomes a later one, which it reads a step late.</summary>
    public void FeedBack(Flow to, Flow from)
    {
        var layer = layers[to.Source];
        var sources = layer.Wiring.Sources.Take(layer.Wiring.Sources.Count - 1).Append(from.Source);
        layers[to.Source] = layer with { Wiring = layer.Wiring with { Sources = new(sources) } };
    }

    /// <summary>Takes out all layers on which the last one does not depend.</summary>
    /// <returns>The attributes of those that learn something: what they learn would have no influence.</returns>
    public IReadOnlyList<Place> Prune()
    {
        var live = new bool[layers.Count];
        live[layers.Count - 1] = true;
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            if (live[i])
            {
                var wiring = layers[i].Wiring;
                foreach (var source in wiring.Sources.Concat(wiring.Starts.Select(s => s.Layer)).Where(s => s >= 0))
                {
                    live[source] = true;
                }
            }
        }

        var dead = Enumerable.Range(0, layers.Count)
            .Where(i => !live[i] && layers[i].Cell.Parameters.Count > 0).Select(i => places[i]).Distinct().ToList();
        var next = 0;
        var moved = live.Select(l => l ? next++ : -1).ToList();
        var kept = Enumerable.Range(0, layers.Count).Where(i => live[i]).ToList();
        var (newLayers, newPlaces) = (
            kept.Select(i => layers[i] with { Wiring = layers[i].Wiring.Renumber(moved) }).ToList(), kept.Select(i => places[i]).ToList());
        layers.Clear();
        layers.AddRange(newLayers);
        places.Clear();
        places.AddRange(newPlaces);
        return dead;
    }

    private Flow Wire(LayerGraph layer, Place place)
    {
        layers.Add(layer);
        places.Add(place);
        return new(layers.Count - 1, layer.OutputSize, layer.Wiring.Domain);
    }
}
