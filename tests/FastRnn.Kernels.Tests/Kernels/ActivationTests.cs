namespace FastRnn.Tests.Kernels;

public sealed class ActivationTests
{
    private const int Count = 1 << 19;

    public static TheoryData<string, double> Bounds => new()
    {
        { nameof(Function.Sigmoid), 2.5 },
        { nameof(Function.Tanh), 3.5 },
        { nameof(Function.Relu), 0 },
        { nameof(Function.LeakyRelu), 0.5 },
        { nameof(Function.Softplus), 2 },
        { nameof(Function.HardSigmoid), 0.51 },
        { nameof(Function.HardTanh), 0 },
        { nameof(Function.Exp), 1.5 },
        { nameof(Function.Log), 1.5 },
        { nameof(Function.Sqrt), 0.51 },
        { nameof(Function.Square), 0.51 },
        { nameof(Function.Abs), 0 },
        { nameof(Function.Step), 0 },
        { nameof(Function.Sign), 0 },
        { nameof(Function.Flush), 0 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Error_against_double_stays_within_the_documented_ulps(string name, double bound)
    {
        var function = Enum.Parse<Function>(name);
        var x = ActivationRunner.Samples(Count, 1);
        var y = ActivationRunner.Run(SimdWidths.Available[^1], function, x);
        for (var i = 0; i < x.Length; i++)
        {
            var error = Ulps(y[i], ActivationRunner.Expected(function, x[i]));
            if (!(error <= bound))
                Assert.Fail($"{name}({x[i]:R}) = {y[i]:R}, {error:F2} ulp from {ActivationRunner.Expected(function, x[i]):R}");
        }
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Every_width_gives_the_same_bits(string name, double bound)
    {
        Assert.True(bound >= 0);
        var function = Enum.Parse<Function>(name);
        var x = ActivationRunner.Samples(Count, 2);
        var narrow = ActivationRunner.Run(SimdWidth.Bits128, function, x);
        foreach (var width in new[] { SimdWidth.Bits256, SimdWidth.Bits512 })
        {
            var wide = ActivationRunner.Run(width, function, x);
            for (var i = 0; i < x.Length; i++)
            {
                // Which NaN comes out is nobody's contract; that one comes out is the first test's.
                if (BitConverter.SingleToInt32Bits(narrow[i]) != BitConverter.SingleToInt32Bits(wide[i])
                    && !(float.IsNaN(narrow[i]) && float.IsNaN(wide[i])))
                    Assert.Fail($"{name}({x[i]:R}) at {width}: {wide[i]:R}, at 128 bits {narrow[i]:R}");
            }
        }
    }

    [Fact]
    public void Tanh_is_odd_bounded_and_the_identity_near_zero()
    {
        var x = ActivationRunner.Samples(Count, 3);
        var y = ActivationRunner.Run(SimdWidth.Bits512, Function.Tanh, x);
        var mirrored = ActivationRunner.Run(SimdWidth.Bits512, Function.Tanh, Array.ConvertAll(x, v => -v));
        for (var i = 0; i < x.Length; i++)
        {
            if (float.IsNaN(x[i]))
                continue;
            var isOdd = BitConverter.SingleToInt32Bits(-y[i]) == BitConverter.SingleToInt32Bits(mirrored[i]);
            var isIdentity = BitConverter.SingleToInt32Bits(x[i]) == BitConverter.SingleToInt32Bits(y[i]);
            var isOne = Math.Abs(y[i]) == 1;
            var magnitude = Math.Abs(x[i]);
            if (!isOdd || !(Math.Abs(y[i]) <= 1) || (magnitude < 1e-8f && !isIdentity) || (magnitude >= 9.1f && !isOne))
                Assert.Fail($"tanh({x[i]:R}) = {y[i]:R}");
        }
    }

    private static double Ulps(float got, double expected)
    {
        if (double.IsNaN(expected))
            return float.IsNaN(got) ? 0 : double.PositiveInfinity;
        var rounded = (float)expected;
        if (float.IsInfinity(rounded) || float.IsNaN(got) || float.IsInfinity(got))
            return got == rounded ? 0 : double.PositiveInfinity;
        var magnitude = Math.Abs(rounded);
        return Math.Abs(got - expected) / Math.Max((double)MathF.BitIncrement(magnitude) - magnitude, float.Epsilon);
    }
}
