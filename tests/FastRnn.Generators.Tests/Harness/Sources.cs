namespace FastRnn.Generators.Tests.Harness;

/// <summary>Cells that more than one test wants.</summary>
internal static class Sources
{
    public const string Elman = """
        [Cell]
        public sealed partial class Elman
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Mat<Hidden, Hidden> U;
            private readonly Vec<Hidden> b;

            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
            {
                h = Tanh(W * x + U * h + b);
                return h;
            }
        }

        """;

    public const string Lstm = """
        [Cell]
        [StoredTensor("weight_ih", "Wi", "Wf", "Wg", "Wo")]
        [StoredTensor("weight_hh", "Ui", "Uf", "Ug", "Uo")]
        [StoredTensor("bias_ih", "bi", "bf", "bg", "bo")]
        [StoredTensor("bias_hh", "+bi", "+bf", "+bg", "+bo")]
        public sealed partial class Lstm
        {
            private readonly Mat<Hidden, Input> Wi, Wf, Wg, Wo;
            [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Ui, Uf, Ug, Uo;
            private readonly Vec<Hidden> bi;
            [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> bf;
            private readonly Vec<Hidden> bg, bo;

            public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)
            {
                var i = Sigmoid(Wi * x + Ui * h + bi);
                var f = Sigmoid(Wf * x + Uf * h + bf);
                var g = Tanh(Wg * x + Ug * h + bg);
                var o = Sigmoid(Wo * x + Uo * h + bo);

                c = f * c + i * g;
                h = o * Tanh(c);
                return (h, c);
            }
        }

        """;

    /// <summary>Two dimensions of its own and two phases, under aliases.</summary>
    public const string Projected = """
        public abstract class Projection : IDimension;

        [Cell]
        public sealed partial class Projected
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Mat<Hidden, Projection> U;
            private readonly Mat<Projection, Hidden> P;
            private readonly Vec<Projection> decay;

            public (Vec<Projection> p, Vec<Hidden> h) Step(Vec<Input> x, Vec<Hidden> h, Vec<Projection> p)
            {
                Vec<Hidden> old = h;
                h = 0.5 * old + Functions.Softplus(W * x + U * p); // half of it stays
                return (decay * p + P * h, h);
            }
        }

        """;

    /// <summary>Of <see cref="Elman"/>, with nearly everything that a model may say beyond a chain.</summary>
    public const string Translate = """
        [Model]
        [Encoder, Embedding(Vocabulary = 7, Size = 3), Layer<Elman>(4, Bidirectional = true)]
        [Decoder(Handover = Handover.Bridge), OneHot(Vocabulary = 5), Layer<Elman>(6, RecurrentDropout = 0.25)]
        [Attention(AttentionScore.Additive, 2), Dropout(0.5), Dense(5), SoftmaxCrossEntropy]
        public sealed partial class TranslateModel;

        """;

    public const string CharModel = """
        [Model]
        [Embedding(Vocabulary = 65, Size = 64)]
        [Layer<Lstm>(128), Layer<Lstm>(128)]
        [Dense(65)]
        [SoftmaxCrossEntropy]
        public sealed partial class CharModel;

        """;
}
