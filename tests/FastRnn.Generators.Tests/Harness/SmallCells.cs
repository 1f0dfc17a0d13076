namespace FastRnn.Generators.Tests.Harness;

/// <summary>Cells that show one thing each.</summary>
internal static class SmallCells
{
    /// <summary>The reset gate before the product (Cho et al. 2014): two phases.</summary>
    public const string GruResetBefore = """
        [Cell]
        public sealed partial class GruResetBefore
        {
            private readonly Mat<Hidden, Input> Wr, Wz, Wn;
            private readonly Mat<Hidden, Hidden> Ur, Uz, Un;
            private readonly Vec<Hidden> br, bz, bn;

            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
            {
                var r = Sigmoid(Wr * x + Ur * h + br);
                var z = Sigmoid(Wz * x + Uz * h + bz);
                var n = Tanh(Wn * x + Un * (r * h) + bn);
                h = (1 - z) * n + z * h;
                return h;
            }
        }
        """;

    public const string GruResetAfter = """
        [Cell]
        public sealed partial class GruResetAfter
        {
            private readonly Mat<Hidden, Input> Wr, Wz, Wn;
            private readonly Mat<Hidden, Hidden> Ur, Uz, Un;
            private readonly Vec<Hidden> br, bz, bn, cn;

            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
            {
                var r = Sigmoid(Wr * x + Ur * h + br);
                var z = Sigmoid(Wz * x + Uz * h + bz);
                var n = Tanh(Wn * x + bn + r * (Un * h + cn));
                h = (1 - z) * n + z * h;
                return h;
            }
        }
        """;

    /// <summary>Only the output is carried, in a dimension of its own (Jordan 1986).</summary>
    public const string Jordan = """
        [Cell]
        public sealed partial class Jordan
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Mat<Hidden, Output> U;
            private readonly Vec<Hidden> b;
            private readonly Mat<Output, Hidden> V;
            private readonly Vec<Output> c;

            public Vec<Output> Step(Vec<Input> x, Vec<Output> y)
            {
                var h = Tanh(W * x + U * y + b);
                y = Sigmoid(V * h + c);
                return y;
            }
        }
        """;

    /// <summary>A simple recurrent network, normalised: two sums along each row.</summary>
    public const string NormalisedElman = """
        [Cell]
        public sealed partial class NormalisedElman
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Mat<Hidden, Hidden> U;
            private readonly Vec<Hidden> gain, b;

            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
            {
                var a = W * x + U * h;
                h = Tanh(gain * LayerNorm(a) + b);
                return h;
            }
        }
        """;

    /// <summary>Sums along vectors of every kind: a sum of products, a state, the input, a parameter, of each other, as a new state and
    /// under a matrix.</summary>
    public const string Normalised = """
        [Cell]
        public sealed partial class Normalised
        {
            private readonly Mat<Hidden, Input> W, V;
            private readonly Mat<Hidden, Hidden> U;
            private readonly Vec<Hidden> gain, b, p;

            public (Vec<Hidden> h, Vec<Hidden> m) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> m)
            {
                var a = W * x + U * h + b;
                var share = Exp(a) / Sum(Exp(a));
                var z = gain * LayerNorm(V * (x * Mean(x))) + Mean(Sum(p) * h);
                h = Tanh(z + U * Mean(share * h) + share);
                m = Mean(h) - Sum(Mean(m));
                return (h, Mean(m + h));
            }
        }
        """;

    /// <summary>Vector parameters element by element, a shared product, a state that passes unchanged, and most functions.</summary>
    public const string Mixed = """
        [Cell]
        public sealed partial class Mixed
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Mat<Hidden, Hidden> U, V;
            private readonly Vec<Hidden> p, q, b;

            public (Vec<Hidden> h, Vec<Hidden> c, Vec<Hidden> m) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c, Vec<Hidden> m)
            {
                var a = W * x;
                var i = Sigmoid(a + p * c + b);
                var f = HardSigmoid(a + U * h - q);
                var g = Softplus(V * Relu(m)) / (2 + Square(h));
                var e = Exp(-Abs(c)) + Log(1 + Square(g)) + Sqrt(1 + f) + LeakyRelu(c) + HardTanh(0.5 * g);
                m = c;
                c = f * c + i * Min(g, 0.5) - Max(e, h) * 0.1;
                h = Tanh(c) * i;
                return (h, c, m);
            }
        }
        """;
}
