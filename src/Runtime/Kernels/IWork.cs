namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Independent items of work; the result does not depend on order or thread.</summary>
internal interface IWork
{
    void Run(int item);
}
