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
