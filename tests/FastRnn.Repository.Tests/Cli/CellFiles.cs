namespace FastRnn.Repository.Tests.Cli;

/// <summary>C# files of a user who has no project.</summary>
internal static class CellFiles
{
    /// <summary>The equations of the built-in Elman cell, in a file of few lines without usings.</summary>
    public const string Elman = """
        [Cell]
        public sealed partial class Mine
        {
            private readonly Mat<Hidden, Input> W;
            [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> U;
            private readonly Vec<Hidden> b;

            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
            {
                h = Tanh(W * x + U * h + b);
                return h;
            }
        }
        """;

    /// <summary>Models, each in a class of its own.</summary>
    public const string Models = """
        using FastRnn;
        using FastRnn.Cells;

        namespace My.Models;

        [Model, OneHot(Vocabulary = 256), Layer<Gru>(8), Layer<Elman>(6), Dense(256), SoftmaxCrossEntropy]
        public sealed partial class Good;

        [Model, Embedding(Vocabulary = 256, Size = 4), Layer<Gru>(8, Bidirectional = true), Dense(256), SoftmaxCrossEntropy]
        public sealed partial class Both;

        [Model, Embedding(Vocabulary = 256, Size = 4), Layer<Gru>(8), Pool(Pooling.Last), Dense(256), SoftmaxCrossEntropy]
        public sealed partial class Pooled;

        [Model, Embedding(Vocabulary = 9, Size = 4), Layer<Gru>(8), Dense(9), SoftmaxCrossEntropy]
        public sealed partial class Small;

        [Model, Input(3), Layer<Gru>(8), Dense(2), MeanSquaredError]
        public sealed partial class Vectors;

        [Model, Input(3), Embedding(Vocabulary = 9, Size = 4), Layer<Gru>(8), Output("price"), Dense(2), Huber]
        [Output("kind"), Dense(3), SoftmaxCrossEntropy, Output("rain"), Dense(1), SigmoidBinaryCrossEntropy]
        public sealed partial class Heads;

        [Model, Input(3), Layer<Gru>(8), Dense(5), Ctc]
        public sealed partial class Labels;
        """;
}
