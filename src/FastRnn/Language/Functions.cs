namespace FastRnn.Language;

/// <summary>The functions of the language of cells, applied element by element but for <see cref="Sum"/>, <see cref="Mean"/> and
/// <see cref="LayerNorm"/>, which look at a whole vector. A cell's file says
/// <c>using static FastRnn.Language.Functions;</c> and then <c>Sigmoid(W * x + b)</c>.</summary>
public static class Functions
{
    /// <summary>The logistic function <c>1 / (1 + exp(-x))</c>.</summary>
    public static Vec<D> Sigmoid<D>(Vec<D> x)
        where D : IDimension => x.Map(Scalar.Sigmoid);

    /// <summary>The hyperbolic tangent.</summary>
    public static Vec<D> Tanh<D>(Vec<D> x)
        where D : IDimension => x.Map(Math.Tanh);

    /// <summary><c>max(x, 0)</c>; its derivative at 0 counts as 0.</summary>
    public static Vec<D> Relu<D>(Vec<D> x)
        where D : IDimension => x.Map(v => Math.Max(v, 0));

    /// <summary><c>x</c> above 0, <c>0.01 x</c> elsewhere.</summary>
    public static Vec<D> LeakyRelu<D>(Vec<D> x)
        where D : IDimension => x.Map(v => v > 0 ? v : 0.01 * v);

    /// <summary><c>log(1 + exp(x))</c>, a smooth <see cref="Relu"/>.</summary>
    public static Vec<D> Softplus<D>(Vec<D> x)
        where D : IDimension => x.Map(Scalar.Softplus);

    /// <summary>A sigmoid of three straight pieces: <c>x / 6 + 1 / 2</c>, clamped to 0 and 1, as PyTorch defines it.</summary>
    public static Vec<D> HardSigmoid<D>(Vec<D> x)
        where D : IDimension => x.Map(v => Math.Clamp(v / 6 + 0.5, 0, 1));

    /// <summary><c>x</c> clamped to -1 and 1.</summary>
    public static Vec<D> HardTanh<D>(Vec<D> x)
        where D : IDimension => x.Map(v => Math.Clamp(v, -1, 1));

    /// <summary>The exponential function.</summary>
    public static Vec<D> Exp<D>(Vec<D> x)
        where D : IDimension => x.Map(Math.Exp);

    /// <summary>The natural logarithm: minus infinity at 0, NaN below.</summary>
    public static Vec<D> Log<D>(Vec<D> x)
        where D : IDimension => x.Map(Math.Log);

    /// <summary>The square root: NaN below 0.</summary>
    public static Vec<D> Sqrt<D>(Vec<D> x)
        where D : IDimension => x.Map(Math.Sqrt);

    /// <summary><c>x x</c>.</summary>
    public static Vec<D> Square<D>(Vec<D> x)
        where D : IDimension => x.Map(v => v * v);

    /// <summary>The magnitude; its derivative at 0 counts as 0.</summary>
    public static Vec<D> Abs<D>(Vec<D> x)
        where D : IDimension => x.Map(Math.Abs);

    /// <summary>The smaller of two, element by element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Vec<D> Min<D>(Vec<D> a, Vec<D> b)
        where D : IDimension => a.Zip(b, "min", Math.Min);

    /// <summary>The smaller of each element and a number.</summary>
    public static Vec<D> Min<D>(Vec<D> a, double b)
        where D : IDimension => a.Map(v => Math.Min(v, b));

    /// <inheritdoc cref="Min{D}(Vec{D}, double)"/>
    public static Vec<D> Min<D>(double a, Vec<D> b)
        where D : IDimension => b.Map(v => Math.Min(a, v));

    /// <summary>The larger of two, element by element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Vec<D> Max<D>(Vec<D> a, Vec<D> b)
        where D : IDimension => a.Zip(b, "max", Math.Max);

    /// <summary>The larger of each element and a number.</summary>
    public static Vec<D> Max<D>(Vec<D> a, double b)
        where D : IDimension => a.Map(v => Math.Max(v, b));

    /// <inheritdoc cref="Max{D}(Vec{D}, double)"/>
    public static Vec<D> Max<D>(double a, Vec<D> b)
        where D : IDimension => b.Map(v => Math.Max(a, v));

    /// <summary>The sum of all elements, in every element.</summary>
    public static Vec<D> Sum<D>(Vec<D> x)
        where D : IDimension => x.Reduce(values => values.Sum());

    /// <summary>The mean of all elements, in every element.</summary>
    public static Vec<D> Mean<D>(Vec<D> x)
        where D : IDimension => x.Reduce(values => values.Sum() / values.Length);

    /// <summary>The elements less their mean, divided by their standard deviation:
    /// <c>(x - Mean(x)) / Sqrt(Mean(Square(x - Mean(x))) + 1e-5)</c> (Ba, Kiros and Hinton, "Layer Normalization", 2016). Gain and bias are
    /// for the cell to add.</summary>
    public static Vec<D> LayerNorm<D>(Vec<D> x)
        where D : IDimension
    {
        var centred = x - Mean(x);
        return centred / Sqrt(Mean(Square(centred)) + 1e-5);
    }
}
