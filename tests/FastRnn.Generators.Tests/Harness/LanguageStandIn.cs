namespace FastRnn.Generators.Tests.Harness;

/// <summary>The signatures of the language of cells, for a FastRnn assembly that does not have them.</summary>
internal static class LanguageStandIn
{
    public static bool IsNeeded => typeof(CellAttribute).Assembly.GetType("FastRnn.Language.Vec`1") is null;

    public const string Text = """
        #nullable enable
        namespace FastRnn.Language
        {
            public interface IDimension;
            public abstract class Input : IDimension;
            public abstract class Hidden : IDimension;

            public sealed class Vec<D> where D : IDimension
            {
                public Vec(params System.ReadOnlySpan<double> values) { }
                public double this[int index] => 0;
                public double[] ToArray() => [];
                public static Vec<D> operator +(Vec<D> a, Vec<D> b) => a;
                public static Vec<D> operator +(Vec<D> a, double b) => a;
                public static Vec<D> operator +(double a, Vec<D> b) => b;
                public static Vec<D> operator -(Vec<D> a, Vec<D> b) => a;
                public static Vec<D> operator -(Vec<D> a, double b) => a;
                public static Vec<D> operator -(double a, Vec<D> b) => b;
                public static Vec<D> operator -(Vec<D> a) => a;
                public static Vec<D> operator *(Vec<D> a, Vec<D> b) => a;
                public static Vec<D> operator *(Vec<D> a, double b) => a;
                public static Vec<D> operator *(double a, Vec<D> b) => b;
                public static Vec<D> operator /(Vec<D> a, Vec<D> b) => a;
                public static Vec<D> operator /(Vec<D> a, double b) => a;
                public static Vec<D> operator /(double a, Vec<D> b) => b;
            }

            public sealed class Mat<R, C> where R : IDimension where C : IDimension
            {
                public static Vec<R> operator *(Mat<R, C> left, Vec<C> right) => new();
            }

            public sealed class CellParameters
            {
                public Mat<R, C> Matrix<R, C>(int index) where R : IDimension where C : IDimension => new();
                public Vec<D> Vector<D>(int index) where D : IDimension => new();
            }

            public static class Functions
            {
                public static Vec<D> Sigmoid<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> Tanh<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> Relu<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> LeakyRelu<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> Softplus<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> HardSigmoid<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> HardTanh<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> Exp<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> Log<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> Sqrt<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> Square<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> Abs<D>(Vec<D> x) where D : IDimension => x;
                public static Vec<D> Min<D>(Vec<D> a, Vec<D> b) where D : IDimension => a;
                public static Vec<D> Min<D>(Vec<D> a, double b) where D : IDimension => a;
                public static Vec<D> Min<D>(double a, Vec<D> b) where D : IDimension => b;
                public static Vec<D> Max<D>(Vec<D> a, Vec<D> b) where D : IDimension => a;
                public static Vec<D> Max<D>(Vec<D> a, double b) where D : IDimension => a;
                public static Vec<D> Max<D>(double a, Vec<D> b) where D : IDimension => b;
            }
        }
        """;
}
