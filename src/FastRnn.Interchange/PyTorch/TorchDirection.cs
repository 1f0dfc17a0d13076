using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>The tensors of one direction of one recurrent layer, by PyTorch's own words.</summary>
internal sealed class TorchDirection
{
    /// <summary>Input to gates <c>[G H, I]</c>.</summary>
    public FileTensor? WeightIh { get; set; }

    /// <summary>State to gates <c>[G H, H]</c>, or <c>[G H, P]</c>.</summary>
    public FileTensor? WeightHh { get; set; }

    /// <summary><c>[G H]</c>.</summary>
    public FileTensor? BiasIh { get; set; }

    /// <summary><c>[G H]</c>.</summary>
    public FileTensor? BiasHh { get; set; }

    /// <summary>An LSTM's projection <c>[P, H]</c>.</summary>
    public FileTensor? WeightHr { get; set; }

    /// <summary>Those that are there.</summary>
    public IEnumerable<FileTensor> Tensors =>
        new[] { WeightIh, WeightHh, BiasIh, BiasHh, WeightHr }.OfType<FileTensor>();

    /// <summary>Takes a tensor by its role; false if there is no such role, or it is taken.</summary>
    public bool Take(string role, FileTensor tensor)
    {
        switch (role)
        {
            case "weight_ih" when WeightIh is null: WeightIh = tensor; return true;
            case "weight_hh" when WeightHh is null: WeightHh = tensor; return true;
            case "bias_ih" when BiasIh is null: BiasIh = tensor; return true;
            case "bias_hh" when BiasHh is null: BiasHh = tensor; return true;
            case "weight_hr" when WeightHr is null: WeightHr = tensor; return true;
            default: return false;
        }
    }

    /// <summary>The number of gates and H, if all shapes agree; else what does not.</summary>
    public (int Gates, int HiddenSize, string? Problem) Sizes()
    {
        if (WeightIh is null || WeightHh is null)
            return (0, 0, $"{(WeightIh is null ? "weight_ih" : "weight_hh")} is missing");
        var shapes = $"weight_ih {WeightIh.ShapeText()} and weight_hh {WeightHh.ShapeText()}";
        if (Tensors.FirstOrDefault(t => !t.Type.IsFloating()) is { } integer)
            return (0, 0, $"'{integer.Name}' {integer.ShapeText()} is of {integer.Type}; expected floating numbers");
        if (WeightIh.Shape.Count != 2 || WeightHh.Shape.Count != 2 || WeightHr is { Shape.Count: not 2 } || Tensors.Any(t => t.Count == 0))
            return (0, 0, $"expected matrices that are not empty, got {shapes}");

        var rows = WeightIh.Shape[0];
        var hidden = WeightHr?.Shape[1] ?? WeightHh.Shape[1];
        var gates = rows / hidden;
        if (rows != WeightHh.Shape[0] || rows % hidden != 0 || gates is not (1 or 3 or 4))
            return (0, 0, $"{shapes} have neither 1, 3 nor 4 gates of one size");
        if (WeightHr is not null && (gates != 4 || WeightHr.Shape[0] != WeightHh.Shape[1]))
            return (0, 0, $"weight_hr {WeightHr.ShapeText()} is no projection [P, H] of an LSTM with weight_hh {WeightHh.ShapeText()}");
        if (BiasIh is null != BiasHh is null)
            return (0, 0, $"expected both biases or none; {(BiasIh is null ? "bias_ih" : "bias_hh")} is missing");
        foreach (var bias in new[] { BiasIh, BiasHh })
        {
            if (bias is not null && (bias.Shape.Count != 1 || bias.Shape[0] != rows))
                return (0, 0, $"'{bias.Name}': expected [{rows}], got {bias.ShapeText()}");
        }

        return ((int)gates, (int)hidden, null);
    }
}
