using System.Reflection;

using FastRnn.Diagnostics;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Threading;
using FastRnn.Training;

namespace FastRnn.Tests.Memory;

/// <summary>The collector may finalize an arena as soon as its owner's last field was read, even in the middle of a method of the owner.
/// So whatever follows pointers says at its end that the owner is still there, or holds the owner's mark until then: a reference into the
/// owner. Such a race cannot be provoked at will; the code can be looked at.</summary>
public sealed class LifetimeTests
{
    private const byte Call = 0x28;
    private const byte LoadField = 0x7B;
    private const byte LoadFieldAddress = 0x7C;

    /// <summary>Between the call and the end only the result is put together.</summary>
    private const int EndBytes = 32;

    public static TheoryData<Type, string> Methods
    {
        get
        {
            var data = new TheoryData<Type, string>();
            Add(typeof(Session<LossOnTheCell>), "Reset", "GetState", "SetState", "GetStream", "SetStream", "Fork", "Go");
            Add(typeof(Bptt<LossOnTheCell>), "SetState", "GetState", "SetStateGradient", "GetStateGradient", "GetInputGradient",
                "ClearGradients", "Forward", "Backward");
            Add(
                typeof(Inspector<LossOnTheCell>), "SetState", "GetState", "GetActivation", "Saturation", "SetStateGradient", "Forward",
                "Backward", "BackwardFromLoss",
                "GetGradient", "GradientNorm", "Jacobian", "Explain");
            Add(typeof(Trainer<LossOnTheCell>), "ResetState", "SaveWith", "Restore", "Step*", "AddBatch", "Update*");
            Add(typeof(Evaluator<LossOnTheCell>), "ResetState", "Evaluate", "LossSum", "MeanLoss");
            Add(typeof(Predictor<LossOnTheCell>), "Run", "GetAttention");
            Add(typeof(SequenceGenerator<LossOnTheCell>), "Start", "Step*", "Generate", "Make", "GetAttention");
            return data;

            void Add(Type type, params string[] names)
            {
                foreach (var name in names)
                    data.Add(type, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Who_follows_pointers_keeps_their_owner_alive_to_the_end(Type type, string name)
    {
        // Of some names only the private overload, to which all others come, follows pointers.
        var isPrivate = name.EndsWith('*');
        var methods = type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => method.Name == name.TrimEnd('*') && (!isPrivate || method.IsPrivate)).ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(
            !LoadsAField(method) || HoldsTheMark(method) || KeepsAliveAtTheEnd(method),
            $"{method} neither ends with GC.KeepAlive(this) nor holds the mark"));
    }

    /// <summary>Whoever loads none only passes its arguments on.</summary>
    private static bool LoadsAField(MethodInfo method) => Tokens(method, 0, LoadField, LoadFieldAddress).Any(
        token => Resolve(() =>
            method.Module.ResolveField(token, method.DeclaringType!.GetGenericArguments(), null)) is { IsStatic: false } field
            && field.DeclaringType == method.DeclaringType);

    private static bool HoldsTheMark(MethodInfo method) => Calls(method, 0, typeof(UseMark.Scope), nameof(UseMark.Scope.Dispose));

    private static bool KeepsAliveAtTheEnd(MethodInfo method) =>
        Calls(method, Math.Max(0, Code(method).Length - EndBytes), typeof(GC), nameof(GC.KeepAlive));

    private static bool Calls(MethodInfo method, int begin, Type type, string name) => Tokens(method, begin, Call).Any(
        token => Resolve(() => method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), null)) is { } callee
            && callee.DeclaringType == type && callee.Name == name);

    /// <summary>What follows each byte that may be such an instruction; not every byte of this value is one.</summary>
    private static IEnumerable<int> Tokens(MethodInfo method, int begin, params byte[] instructions)
    {
        var code = Code(method);
        for (var i = begin; i + 4 < code.Length; i++)
        {
            if (instructions.Contains(code[i]))
                yield return BitConverter.ToInt32(code, i + 1);
        }
    }

    private static byte[] Code(MethodInfo method) => method.GetMethodBody()!.GetILAsByteArray()!;

    private static T? Resolve<T>(Func<T?> resolve)
        where T : class
    {
        try
        {
            return resolve();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
