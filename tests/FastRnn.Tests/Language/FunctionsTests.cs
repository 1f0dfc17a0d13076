using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Language;

public sealed class FunctionsTests
{
    private static readonly double[] Points = [-30, -4, -3, -1.5, -1, -0.25, -1e-9, 0, 1e-9, 0.25, 1, 1.5, 3, 4, 30];

    public static TheoryData<string> Names => [.. Definitions.Keys];

    private static readonly Dictionary<string, (Func<Vec<Hidden>, Vec<Hidden>> Actual, Func<double, double> Expected)> Definitions = new()
    {
        ["Sigmoid"] = (Sigmoid, x => 1 / (1 + Math.Exp(-x))),
        ["Tanh"] = (Tanh, x => 2 / (1 + Math.Exp(-2 * x)) - 1),
        ["Relu"] = (Relu, x => x > 0 ? x : 0),
        ["LeakyRelu"] = (LeakyRelu, x => x > 0 ? x : x / 100),
        ["Softplus"] = (Softplus, x => Math.Log(1 + Math.Exp(x))),
        ["HardSigmoid"] = (HardSigmoid, x => x <= -3 ? 0 : x >= 3 ? 1 : (x + 3) / 6),
        ["HardTanh"] = (HardTanh, x => x <= -1 ? -1 : x >= 1 ? 1 : x),
        ["Exp"] = (Exp, x => Math.Pow(Math.E, x)),
        ["Log"] = (Log, x => x < 0 ? double.NaN : Math.Log10(x) / Math.Log10(Math.E)),
        ["Sqrt"] = (Sqrt, x => x < 0 ? double.NaN : x == 0 ? 0 : Math.Exp(Math.Log(x) / 2)),
        ["Square"] = (Square, x => Math.Pow(x, 2)),
        ["Abs"] = (Abs, x => x < 0 ? -x : x),
        ["Min"] = (x => Min(x, 0.5), x => x < 0.5 ? x : 0.5),
        ["Max"] = (x => Max(0.5, x), x => x > 0.5 ? x : 0.5),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_is_its_definition(string name)
    {
        var (actual, expected) = Definitions[name];
        var results = actual(new Vec<Hidden>(Points));
        for (var i = 0; i < Points.Length; i++)
        {
            var value = expected(Points[i]);
            var message = $"{name}({Points[i]}): expected {value}, got {results[i]}";
            var close = value.Equals(results[i]) || Math.Abs(value - results[i]) <= 1e-14 * Math.Max(1, Math.Abs(value));
            Assert.True(close, message);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_a_number_stays_so(string name) =>
        Assert.True(double.IsNaN(Definitions[name].Actual(new Vec<Hidden>(double.NaN))[0]));

    [Fact]
    public void Far_from_zero_nothing_overflows_or_cancels()
    {
        var far = new Vec<Hidden>(-750, -700, 700, 750);
        Assert.Equal([0, Math.Exp(-700), 1, 1], Sigmoid(far).ToArray());
        Assert.Equal([0, Math.Exp(-700), 700, 750], Softplus(far).ToArray());
        Assert.Equal([-1, -1, 1, 1], Tanh(far).ToArray());

        // exp(-40) is far below the last bit of 1, so that log(1 + exp(-40)) written out is 0.
        Assert.Equal(Math.Exp(-40), Softplus(new Vec<Hidden>(-40))[0], Math.Exp(-40) * 1e-15);
    }

    [Fact]
    public void Minimum_and_maximum_take_vectors_and_numbers_on_either_side()
    {
        var (a, b) = (new Vec<Hidden>(1, 5), new Vec<Hidden>(3, 2));
        Assert.Equal([1, 2], Min(a, b).ToArray());
        Assert.Equal([3, 5], Max(a, b).ToArray());
        Assert.Equal([1, 4], Min(a, 4).ToArray());
        Assert.Equal([1, 4], Min(4, a).ToArray());
        Assert.Equal([4, 5], Max(a, 4).ToArray());
        Assert.Equal([4, 5], Max(4, a).ToArray());
        Assert.Throws<ArgumentException>(() => Min(a, new Vec<Hidden>(1)));
        Assert.Throws<ArgumentException>(() => Max(a, new Vec<Hidden>(1)));
    }

    [Fact]
    public void Sums_look_at_all_elements_and_are_the_same_in_each()
    {
        var v = new Vec<Hidden>(1, 2, 6);
        Assert.Equal([9, 9, 9], Sum(v).ToArray());
        Assert.Equal([3, 3, 3], Mean(v).ToArray());
        Assert.Equal([v.Length * 3.0, 9, 9], Sum(Mean(v)).ToArray());
        Assert.True(double.IsNaN(Mean(new Vec<Hidden>(1, double.NaN))[0]));
    }

    [Fact]
    public void LayerNorm_brings_the_mean_to_0_and_the_variance_to_1()
    {
        var v = new Vec<Hidden>(10, 20, 60, -30).ToArray();
        var norm = LayerNorm(new Vec<Hidden>(v)).ToArray();
        Assert.Equal(0, norm.Average(), 1e-15);
        Assert.Equal(1, norm.Average(value => value * value), 1e-7);
        Assert.Equal((60 - 15) / Math.Sqrt(1025 + 1e-5), norm[2], 1e-14);

        // Where all are the same there is nothing to divide by but the small number.
        Assert.Equal([0, 0], LayerNorm(new Vec<Hidden>(7, 7)).ToArray());
    }
}
